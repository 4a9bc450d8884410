"""What comes from outside as a table: files of others, read to the number that stands there or refused."""
