module goport/tools/goindex

go 1.19
