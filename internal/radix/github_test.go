package radix

import "strings"

// githubRoutes is a good part of GitHub's REST API, the customary workload for
// routers. Some routes overlap in a way that ServeMux refuses.
var githubRoutes = expand(`
GET /
GET /emojis
GET /events
GET /feeds
GET /meta
GET /rate_limit
GET /zen
GET POST /gists
GET /gists/public
GET /gists/starred
GET PATCH DELETE /gists/{gist}
GET POST /gists/{gist}/comments
GET PATCH DELETE /gists/{gist}/comments/{comment}
GET /gists/{gist}/commits
GET POST /gists/{gist}/forks
GET PUT DELETE /gists/{gist}/star
GET /gists/{gist}/{sha}
GET /gitignore/templates
GET /gitignore/templates/{name}
GET /issues
GET /licenses
GET /licenses/{license}
POST /markdown
POST /markdown/raw
GET /networks/{owner}/{repo}/events
GET PUT /notifications
GET PATCH /notifications/threads/{thread}
GET PUT DELETE /notifications/threads/{thread}/subscription
GET PATCH DELETE /orgs/{org}
GET /orgs/{org}/events
GET POST /orgs/{org}/hooks
GET PATCH DELETE /orgs/{org}/hooks/{hook}
POST /orgs/{org}/hooks/{hook}/pings
GET /orgs/{org}/issues
GET /orgs/{org}/members
GET DELETE /orgs/{org}/members/{user}
GET /orgs/{org}/public_members
GET PUT DELETE /orgs/{org}/public_members/{user}
GET POST /orgs/{org}/repos
GET POST /orgs/{org}/teams
GET PATCH DELETE /repos/{owner}/{repo}
GET /repos/{owner}/{repo}/assignees
GET /repos/{owner}/{repo}/assignees/{assignee}
GET /repos/{owner}/{repo}/branches
GET /repos/{owner}/{repo}/branches/{branch}
GET PUT DELETE /repos/{owner}/{repo}/branches/{branch}/protection
GET /repos/{owner}/{repo}/collaborators
GET PUT DELETE /repos/{owner}/{repo}/collaborators/{user}
GET /repos/{owner}/{repo}/comments
GET PATCH DELETE /repos/{owner}/{repo}/comments/{comment}
GET /repos/{owner}/{repo}/commits
GET /repos/{owner}/{repo}/commits/{ref}
GET POST /repos/{owner}/{repo}/commits/{ref}/comments
GET /repos/{owner}/{repo}/commits/{ref}/status
GET /repos/{owner}/{repo}/compare/{basehead}
GET PUT DELETE /repos/{owner}/{repo}/contents/{path...}
GET /repos/{owner}/{repo}/contributors
GET POST /repos/{owner}/{repo}/deployments
GET POST /repos/{owner}/{repo}/deployments/{deployment}/statuses
GET /repos/{owner}/{repo}/events
GET POST /repos/{owner}/{repo}/forks
POST /repos/{owner}/{repo}/git/blobs
GET /repos/{owner}/{repo}/git/blobs/{sha}
POST /repos/{owner}/{repo}/git/commits
GET /repos/{owner}/{repo}/git/commits/{sha}
POST /repos/{owner}/{repo}/git/refs
GET PATCH DELETE /repos/{owner}/{repo}/git/refs/{ref...}
POST /repos/{owner}/{repo}/git/tags
GET /repos/{owner}/{repo}/git/tags/{sha}
POST /repos/{owner}/{repo}/git/trees
GET /repos/{owner}/{repo}/git/trees/{sha}
GET POST /repos/{owner}/{repo}/hooks
GET PATCH DELETE /repos/{owner}/{repo}/hooks/{hook}
POST /repos/{owner}/{repo}/hooks/{hook}/tests
GET POST /repos/{owner}/{repo}/issues
GET /repos/{owner}/{repo}/issues/comments
GET PATCH DELETE /repos/{owner}/{repo}/issues/comments/{comment}
GET /repos/{owner}/{repo}/issues/events
GET /repos/{owner}/{repo}/issues/events/{event}
GET PATCH /repos/{owner}/{repo}/issues/{number}
GET POST /repos/{owner}/{repo}/issues/{number}/comments
GET /repos/{owner}/{repo}/issues/{number}/events
GET POST PUT DELETE /repos/{owner}/{repo}/issues/{number}/labels
DELETE /repos/{owner}/{repo}/issues/{number}/labels/{name}
GET POST /repos/{owner}/{repo}/keys
GET DELETE /repos/{owner}/{repo}/keys/{key}
GET POST /repos/{owner}/{repo}/labels
GET PATCH DELETE /repos/{owner}/{repo}/labels/{name}
GET /repos/{owner}/{repo}/languages
GET /repos/{owner}/{repo}/license
POST /repos/{owner}/{repo}/merges
GET POST /repos/{owner}/{repo}/milestones
GET PATCH DELETE /repos/{owner}/{repo}/milestones/{number}
GET /repos/{owner}/{repo}/milestones/{number}/labels
GET PUT /repos/{owner}/{repo}/notifications
GET POST /repos/{owner}/{repo}/pulls
GET /repos/{owner}/{repo}/pulls/comments
GET PATCH DELETE /repos/{owner}/{repo}/pulls/comments/{comment}
GET PATCH /repos/{owner}/{repo}/pulls/{number}
GET POST /repos/{owner}/{repo}/pulls/{number}/comments
GET /repos/{owner}/{repo}/pulls/{number}/commits
GET /repos/{owner}/{repo}/pulls/{number}/files
GET PUT /repos/{owner}/{repo}/pulls/{number}/merge
GET /repos/{owner}/{repo}/readme
GET POST /repos/{owner}/{repo}/releases
GET PATCH DELETE /repos/{owner}/{repo}/releases/{release}
GET /repos/{owner}/{repo}/releases/{release}/assets
GET /repos/{owner}/{repo}/releases/latest
GET /repos/{owner}/{repo}/stargazers
GET /repos/{owner}/{repo}/stats/code_frequency
GET /repos/{owner}/{repo}/stats/commit_activity
GET /repos/{owner}/{repo}/stats/contributors
GET /repos/{owner}/{repo}/stats/participation
GET /repos/{owner}/{repo}/stats/punch_card
POST /repos/{owner}/{repo}/statuses/{sha}
GET /repos/{owner}/{repo}/subscribers
GET PUT DELETE /repos/{owner}/{repo}/subscription
GET /repos/{owner}/{repo}/tags
GET /repos/{owner}/{repo}/teams
GET /repos/{owner}/{repo}/{archive}/{ref}
GET /repositories
GET /search/code
GET /search/issues
GET /search/repositories
GET /search/users
GET PATCH DELETE /teams/{team}
GET /teams/{team}/members
GET PUT DELETE /teams/{team}/members/{user}
GET /teams/{team}/repos
GET PUT DELETE /teams/{team}/repos/{owner}/{repo}
GET PATCH /user
GET POST DELETE /user/emails
GET /user/followers
GET /user/following
GET PUT DELETE /user/following/{user}
GET /user/issues
GET POST /user/keys
GET DELETE /user/keys/{key}
GET /user/orgs
GET POST /user/repos
GET /user/starred
GET PUT DELETE /user/starred/{owner}/{repo}
GET /user/subscriptions
GET /user/teams
GET /users
GET /users/{user}
GET /users/{user}/events
GET /users/{user}/events/orgs/{org}
GET /users/{user}/events/public
GET /users/{user}/followers
GET /users/{user}/following
GET /users/{user}/following/{target}
GET /users/{user}/gists
GET /users/{user}/keys
GET /users/{user}/orgs
GET /users/{user}/received_events
GET /users/{user}/received_events/public
GET /users/{user}/repos
GET /users/{user}/starred
GET /users/{user}/subscriptions
`)

// expand makes one pattern of every method in every line. "GET /" stands for
// "GET /{$}" here: a catch-all would hide the misses.
func expand(lines string) []string {
	var patterns []string
	for line := range strings.Lines(strings.TrimSpace(lines)) {
		fields := strings.Fields(line)
		path := fields[len(fields)-1]
		if path == "/" {
			path = "/{$}"
		}
		for _, method := range fields[:len(fields)-1] {
			patterns = append(patterns, method+" "+path)
		}
	}
	return patterns
}

// githubRequests has one request for every route.
func githubRequests() []ask {
	values := strings.NewReplacer("{owner}", "covetgo", "{repo}", "covet", "{user}", "gopher", "{org}", "golang",
		"{sha}", "29a7c5b1d6e04f8e9d3c2b1a0f9e8d7c6b5a4938", "{number}", "1347", "{path...}", "docs/design.md",
		"{ref...}", "heads/main", "{$}", "", "{", "", "}", "")
	var asks []ask
	for _, p := range githubRoutes {
		method, path, _ := strings.Cut(p, " ")
		asks = append(asks, ask{method: method, raw: values.Replace(path)})
	}
	return asks
}
