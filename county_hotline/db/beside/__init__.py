"""What is kept beside the journal: notes, messages, reference data, attachments, parcels; and the traces of what was erased."""
