"""What every room stands on: workspace, database, engine, jobs, ledger."""
