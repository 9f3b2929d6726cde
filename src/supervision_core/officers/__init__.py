"""执法力量: officers, teams, third-party institutions and associations (F064-F074)."""
