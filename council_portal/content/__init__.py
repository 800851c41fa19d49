"""What the portal opens with: the council's real record (`council`), and a fictional year on top of it (`demo`)."""
