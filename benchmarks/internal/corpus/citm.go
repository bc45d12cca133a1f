package corpus

// Catalog is citm_catalog.json: what a theatre plays, where, when, and for how
// much.
type Catalog struct {
	AreaNames                map[string]string `json:"areaNames"`
	AudienceSubCategoryNames map[string]string `json:"audienceSubCategoryNames"`
	BlockNames               map[string]string `json:"blockNames"`
	Events                   map[string]Event  `json:"events"`
	Performances             []Performance     `json:"performances"`
	SeatCategoryNames        map[string]string `json:"seatCategoryNames"`
	SubTopicNames            map[string]string `json:"subTopicNames"`
	SubjectNames             map[string]string `json:"subjectNames"`
	TopicNames               map[string]string `json:"topicNames"`
	TopicSubTopics           map[string][]int  `json:"topicSubTopics"`
	VenueNames               map[string]string `json:"venueNames"`
}

// Event is a play.
type Event struct {
	Description *string `json:"description"`
	ID          int     `json:"id"`
	Logo        *string `json:"logo"`
	Name        string  `json:"name"`
	SubTopicIDs []int   `json:"subTopicIds"`
	SubjectCode *string `json:"subjectCode"`
	Subtitle    *string `json:"subtitle"`
	TopicIDs    []int   `json:"topicIds"`
}

// Performance is an event on an evening.
type Performance struct {
	EventID        int            `json:"eventId"`
	ID             int            `json:"id"`
	Logo           *string        `json:"logo"`
	Name           *string        `json:"name"`
	Prices         []Price        `json:"prices"`
	SeatCategories []SeatCategory `json:"seatCategories"`
	SeatMapImage   *string        `json:"seatMapImage"`
	Start          int64          `json:"start"`
	VenueCode      string         `json:"venueCode"`
}

// Price is what a seat costs.
type Price struct {
	Amount                int `json:"amount"`
	AudienceSubCategoryID int `json:"audienceSubCategoryId"`
	SeatCategoryID        int `json:"seatCategoryId"`
}

// SeatCategory is where seats of one price are.
type SeatCategory struct {
	Areas          []Area `json:"areas"`
	SeatCategoryID int    `json:"seatCategoryId"`
}

// Area is a part of the hall.
type Area struct {
	AreaID   int   `json:"areaId"`
	BlockIDs []int `json:"blockIds"`
}
