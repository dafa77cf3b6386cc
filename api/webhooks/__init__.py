"""Where Telegram and Zalo deliver what citizens write."""
