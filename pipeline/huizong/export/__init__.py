"""What leaves huizong: 汇总.xlsx, CSV, the table on the screen."""
