"""How each feature's labelled things are planted: one file a feature."""
