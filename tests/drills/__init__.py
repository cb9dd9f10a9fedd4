"""Long trials that print figures; `make drill` runs them whole, tests/intake/ a short form of each."""
