module github.com/covetgo/covet

go 1.26
