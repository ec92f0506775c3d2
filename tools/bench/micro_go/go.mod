module goport/tools/bench/micro_go

go 1.19
