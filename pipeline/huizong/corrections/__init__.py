"""What people decided, applied to a report: `correct.correct` gives the report as they want it, whatever was extracted.

Decisions are kept beside the results (`journal`), dealt out to the reports (`share`), found again by their words when a file has changed
(`locate`), and set into the findings (`edits`), so that tables, forms and comparisons all see them. What is only wording, or
a row without words of the report, stands in `Report.corrections` for the tables.
"""
