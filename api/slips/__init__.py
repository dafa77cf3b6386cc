"""The citizen's own page of a slip at `/phieu/CODE`, and its print: PDF, picture, paper."""
