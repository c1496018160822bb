"""Many pages and lists of names in and out; background imports."""
