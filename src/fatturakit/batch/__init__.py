"""Many documents: finding them, judging them on several processors, in the order they were given."""
