package benchmarks

import (
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/gofiber/fiber/v3"
	"github.com/labstack/echo/v4"
	"github.com/valyala/fasthttp"

	"github.com/covetgo/covet/benchmarks/internal/sets"
)

// newGin is gin without middleware. It answers 405 only when told to, which
// makes its 404 dearer: so only where the row is about 405.
func newGin(s sets.Set) *gin.Engine {
	gin.SetMode(gin.ReleaseMode)
	mux := gin.New()
	mux.HandleMethodNotAllowed = s.Status == http.StatusMethodNotAllowed
	return mux
}

func loadGin(s sets.Set) http.Handler {
	mux := newGin(s)
	for id, r := range s.Routes {
		names := r.Names
		mux.Handle(r.Method, r.Spell(":%", "*%"), func(c *gin.Context) {
			last.route = id
			for i, name := range names {
				last.values[i] = c.Param(name)
			}
		})
	}
	return mux
}

func loadGinWrap(s sets.Set) http.Handler {
	mux := newGin(s)
	for id, r := range s.Routes {
		mux.Handle(r.Method, r.Spell(":%", "*%"), gin.WrapH(valueReader(id, nil)))
	}
	return mux
}

func loadEcho(s sets.Set) http.Handler {
	mux := echo.New()
	for id, r := range s.Routes {
		names := r.NamesWith("*")
		mux.Add(r.Method, r.Spell(":%", "*"), func(c echo.Context) error {
			last.route = id
			for i, name := range names {
				last.values[i] = c.Param(name)
			}
			return nil
		})
	}
	return mux
}

func loadEchoWrap(s sets.Set) http.Handler {
	mux := echo.New()
	for id, r := range s.Routes {
		mux.Add(r.Method, r.Spell(":%", "*"), echo.WrapHandler(valueReader(id, nil)))
	}
	return mux
}

// loadFiber makes fiber as strict about case and slashes as the others are.
func loadFiber(s sets.Set) fasthttp.RequestHandler {
	app := fiber.New(fiber.Config{CaseSensitive: true, StrictRouting: true})
	for id, r := range s.Routes {
		names := r.NamesWith("*")
		app.Add([]string{r.Method}, r.Spell(":%", "*"), func(c fiber.Ctx) error {
			last.route = id
			for i, name := range names {
				last.values[i] = c.Params(name)
			}
			return nil
		})
	}
	return app.Handler()
}
