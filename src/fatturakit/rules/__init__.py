"""The controls of SdI, one file each, and the engine that runs them over a document."""
