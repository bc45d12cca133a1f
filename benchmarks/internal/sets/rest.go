package sets

import "strings"

var (
	areas = strings.Fields(`accounts admin analytics assets audit billing
		catalog chat content delivery events finance fleet hiring identity
		inventory learning legal marketing media network planning sales
		support travel`)
	nouns = strings.Fields(`addresses agents alerts articles batches bookings
		budgets campaigns carts categories channels clients comments companies
		contacts contracts coupons devices documents drivers files forms groups
		images invoices items jobs keys labels leads licenses locations
		messages notes offers orders payments products projects users`)
	parts = strings.Fields("members tags history permissions attachments reviews versions tasks")
)

// rest is the routes of a REST service with n resources, ten for each, n up to
// 1,000: collections, elements, and the same once more below an element.
func rest(n int) []Route {
	var routes []Route
	add := func(path string, methods ...string) {
		for _, m := range methods {
			routes = append(routes, newRoute(m, path))
		}
	}
	for i := range n {
		list := "/" + areas[i%len(areas)] + "/" + nouns[i/len(areas)]
		part := list + "/{id}/" + parts[i%len(parts)]
		add(list, "GET", "POST")
		add(list+"/{id}", "GET", "PUT", "DELETE")
		add(part, "GET", "POST")
		add(part+"/{part_id}", "GET", "PUT", "DELETE")
	}
	return routes
}
