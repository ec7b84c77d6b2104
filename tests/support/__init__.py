"""Parts of the stage tests are played on."""
