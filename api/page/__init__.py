"""The demo page at `/`: a form that works without JavaScript, and better with a little of it."""
