"""System checks of the intake app: each names what would go wrong and how to put it right."""
