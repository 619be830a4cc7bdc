"""Rules and scores → candidates: names, statements with areas, counts, roles of numbers, tasks."""
