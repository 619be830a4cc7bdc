"""The benchmark: generated reports with known truth, huizong beside pdfium, pdfplumber and a naive script.

`make bench` runs it. No file here is a test: times belong to the machine they were taken on.
"""
