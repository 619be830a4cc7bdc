"""Plain text, Markdown, HTML and saved web pages → raw lines and tables."""
