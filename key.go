package covet

import "context"

// Key names a value of type T in a context. Make one per value, as a package
// variable; two keys are never equal, whatever their names.
//
//	var userKey = covet.NewKey[*User]("user")
//
//	userKey.Set(c, u)                    // in a middleware
//	u, ok := userKey.Get(c)              // in a covet handler
//	u, ok := userKey.From(r.Context())   // in any other code
type Key[T any] struct{ name string }

// NewKey returns a new key. The name is for people who print a context.
func NewKey[T any](name string) *Key[T] { return &Key[T]{name: name} }

func (k *Key[T]) String() string { return "covet.Key(" + k.name + ")" }

// With returns a context that holds v.
func (k *Key[T]) With(ctx context.Context, v T) context.Context {
	return context.WithValue(ctx, k, v)
}

// From returns the value in ctx; ok is false when there is none.
func (k *Key[T]) From(ctx context.Context) (v T, ok bool) {
	v, ok = ctx.Value(k).(T)
	return v, ok
}

// Set puts v into the request's context, for the handlers further in.
func (k *Key[T]) Set(c *Ctx, v T) { c.SetContext(k.With(c.Context(), v)) }

// Get returns the value in the request's context; ok is false when there is
// none.
func (k *Key[T]) Get(c *Ctx) (v T, ok bool) { return k.From(c.Context()) }
