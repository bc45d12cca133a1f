package simd

//go:generate go run -C _asm . -kernel index -out ../index_amd64.s -stubs ../index_stub_amd64.go -pkg simd
//go:generate go run -C _asm . -kernel escape -out ../escape_amd64.s -stubs ../escape_stub_amd64.go -pkg simd
//go:generate go run -C _asm . -kernel head -out ../head_amd64.s -stubs ../head_stub_amd64.go -pkg simd
//go:generate go run -C _asm . -kernel utf8 -out ../utf8_amd64.s -stubs ../utf8_stub_amd64.go -pkg simd
//go:generate go run -C _asm . -kernel fold -out ../fold_amd64.s -stubs ../fold_stub_amd64.go -pkg simd
//go:generate go run -C _asm . -kernel xormask -out ../xormask_amd64.s -stubs ../xormask_stub_amd64.go -pkg simd
