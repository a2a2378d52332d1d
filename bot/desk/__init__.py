"""The sales desk in the world: who is there, which lead goes where, what people see and do."""
