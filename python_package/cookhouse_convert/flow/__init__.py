"""What each statement reads, writes and changes, and what happens to models and rows on the way."""
