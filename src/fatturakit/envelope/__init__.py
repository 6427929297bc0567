"""Whatever the XML is wrapped in: archives, names, and what a file that is not XML looks like."""
