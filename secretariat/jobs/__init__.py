"""Long work: asked for on a page, done by the worker under the asker's eyes, its progress shown, its result kept."""
