module tributary.local/wire

go 1.21
