"""What 50 seats cost, how soon they see a change, and how smoothly the map moves."""
