"""The course for readers: a page of samples and a picture of its prerequisites."""
