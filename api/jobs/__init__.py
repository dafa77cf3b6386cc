"""Work beside the requests: answering what arrived, delivering what was answered, polling."""
