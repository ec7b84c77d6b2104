"""Word files of a text (WordprocessingML, ISO/IEC 29500): how one is written, opened with care, and read. No Flask."""
