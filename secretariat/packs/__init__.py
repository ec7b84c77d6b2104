"""All papers of a meeting in one file: asked for on a page, made as a job, fetched by who asked and nobody else."""
