monkey
