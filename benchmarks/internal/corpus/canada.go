package corpus

// Canada is canada.json: the outline of a country, which is 111,126 numbers
// and little else.
type Canada struct {
	Type     string    `json:"type"`
	Features []Feature `json:"features"`
}

// Feature is a GeoJSON feature.
type Feature struct {
	Type       string     `json:"type"`
	Properties Properties `json:"properties"`
	Geometry   Geometry   `json:"geometry"`
}

// Properties name a feature.
type Properties struct {
	Name string `json:"name"`
}

// Geometry is a polygon of rings of points.
type Geometry struct {
	Type        string         `json:"type"`
	Coordinates [][][2]float64 `json:"coordinates"`
}
