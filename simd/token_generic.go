package simd

func validClassGeneric(p []byte, t class) bool {
	table := &refused[t]
	for _, c := range p {
		if table[c] {
			return false
		}
	}
	return true
}
