"""Our own advice (FKnnn): never an error, only what people regret later."""
