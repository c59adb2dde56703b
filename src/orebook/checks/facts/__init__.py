"""Rules on figures: F1 drilling, F2 resources, F3 production, F4 money, F5 plans and programmes, F6 any figure."""
