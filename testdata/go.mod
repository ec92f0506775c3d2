module goport/testdata

go 1.19
