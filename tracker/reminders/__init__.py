"""Reminding: policy (pure) → plan (ledger and outbox) → compose → deliver; `docs/reminders.md`."""
