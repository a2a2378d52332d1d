"""Files that visitors send: what they are, where they stand, who may fetch them."""
