"""Ways to reach the desk. A face translates: it knows no verb by name and computes nothing."""
