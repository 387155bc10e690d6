"""A file becomes proposals: bytes → blocks → reading here, then review and apply."""
