package covet

import (
	"context"
	"net/http/httptest"
	"reflect"
	"testing"
	"unsafe"

	"github.com/covetgo/covet/internal/radix"
)

// TestReset: nothing of a request is left in a Ctx that goes back to the pool,
// whatever fields a Ctx gets in the future.
func TestReset(t *testing.T) {
	app := New(nil)
	c := newCtx(app, 0)
	fill(reflect.ValueOf(c).Elem())
	c.app, c.own.ctx, c.search = app, nil, radix.Search{}
	c.dead = false // only set where nothing is reused
	c.reset()
	if want := (Ctx{app: app}); !reflect.DeepEqual(*c, want) {
		t.Errorf("after reset: %+v", *c)
	}
}

// fill sets all fields of a struct to something.
func fill(v reflect.Value) {
	v = reflect.NewAt(v.Type(), unsafe.Pointer(v.UnsafeAddr())).Elem()
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i))
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(7)
	case reflect.String:
		v.SetString("x")
	case reflect.Interface:
		for _, some := range []any{errDone, httptest.NewRecorder(), context.Background()} {
			if reflect.TypeOf(some).Implements(v.Type()) {
				v.Set(reflect.ValueOf(some))
			}
		}
	}
}
