"""What the readers of all formats share about tables: captions, header rows, merged cells, tables over pages."""
