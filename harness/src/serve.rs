//! The macro, and what its expansion calls.

use std::any::Any;

/// Makes `fn main`, which serves the named functions and types over stdio.
///
/// Name each function with the types of its arguments, and each type with its
/// constructor first and then its methods:
///
/// ```
/// struct Thermostat {
///     celsius: f64,
/// }
///
/// impl Thermostat {
///     fn new() -> Self {
///         Self { celsius: 20.0 }
///     }
///
///     fn warmer(&mut self, by: f64) -> Result<f64, String> {
///         if by < 0.0 {
///             return Err(format!("{by} would make it colder"));
///         }
///         self.celsius += by;
///         Ok(self.celsius)
///     }
/// }
///
/// fn total(prices: Vec<u32>) -> u32 {
///     prices.iter().sum()
/// }
///
/// harness::serve! {
///     fn total(Vec<u32>)
///     type Thermostat { new(), warmer(f64) }
/// }
/// ```
///
/// - Items stand one after the other, or with a comma or semicolon between.
/// - The constructor may have any name; it returns `Self` or `Result<Self, E>`.
/// - Methods take `&self` or `&mut self`.
/// - An argument is `&str`, or any owned type that implements `Deserialize`.
/// - A result is `T` or `Result<T, E>`, both of which implement `Serialize`.
///   No result (`()`) arrives as `null`.
/// - `process name` is not served: it names a plain `fn name()` that the exercise
///   itself starts in a child, with [`process`](crate::process()).
///
/// What does not fit is a compile error that says what would:
///
/// ```compile_fail,E0277
/// struct Ticket; // has no `#[derive(serde::Serialize)]`
///
/// fn draw() -> Ticket {
///     Ticket
/// }
///
/// harness::serve! { fn draw() }
/// ```
#[macro_export]
macro_rules! serve {
    () => {
        ::core::compile_error!(
            "`serve!` serves nothing: name a function, such as `fn evaluate(&str)`, \
             or a type, such as `type Playground { new(), run(&str) }`"
        );

        fn main() {}
    };
    ($($items:tt)+) => {
        fn main() -> ::std::process::ExitCode {
            let mut service = $crate::__private::Service::default();
            $crate::__serve_items!(service $($items)+);
            $crate::__private::run(service)
        }
    };
}

/// Takes one item after the other.
#[doc(hidden)]
#[macro_export]
macro_rules! __serve_items {
    ($service:ident) => {};
    ($service:ident , $($rest:tt)*) => {
        $crate::__serve_items!($service $($rest)*)
    };
    ($service:ident ; $($rest:tt)*) => {
        $crate::__serve_items!($service $($rest)*)
    };
    ($service:ident fn $name:ident ($($argument:ty),* $(,)?) -> $($rest:tt)*) => {
        ::core::compile_error!(::core::concat!(
            "`serve!` finds the result of `", ::core::stringify!($name),
            "` by itself: leave out `->` and what follows it"
        ))
    };
    ($service:ident fn $name:ident ($($argument:ty),* $(,)?) $($rest:tt)*) => {
        $service.functions.push($crate::__private::Served {
            name: ::core::stringify!($name),
            path: ::core::stringify!($name),
            signature: &[$(::core::stringify!($argument)),*],
            call: |arguments| {
                use $crate::__private::AnswerValue as _;
                ::core::result::Result::Ok(
                    $crate::__private::Returned($name($($crate::__argument!(arguments $argument)),*))
                        .answer(arguments.path),
                )
            },
        });
        $crate::__serve_items!($service $($rest)*)
    };
    (
        $service:ident
        type $name:ident { $constructor:ident ($($argument:ty),* $(,)?) $($methods:tt)* }
        $($rest:tt)*
    ) => {
        let mut methods = $crate::__private::Methods::new();
        $crate::__serve_methods!(methods $name $($methods)*);
        $service.types.push($crate::__private::Type {
            name: ::core::stringify!($name),
            constructor: $crate::__private::Served {
                name: ::core::stringify!($constructor),
                path: ::core::concat!(
                    ::core::stringify!($name), "::", ::core::stringify!($constructor)
                ),
                signature: &[$(::core::stringify!($argument)),*],
                call: |arguments| {
                    ::core::result::Result::Ok($crate::__private::construct::<$name, _>(
                        $name::$constructor($($crate::__argument!(arguments $argument)),*),
                        arguments.path,
                    ))
                },
            },
            methods,
        });
        $crate::__serve_items!($service $($rest)*)
    };
    ($service:ident process $name:ident $($rest:tt)*) => {
        let process: fn() = $name;
        $service.processes.push((::core::stringify!($name), process));
        $crate::__serve_items!($service $($rest)*)
    };
    ($service:ident $($other:tt)*) => {
        ::core::compile_error!(::core::concat!(
            "`serve!` can't read `", ::core::stringify!($($other)*),
            "`: write `fn name(&str, u32)` for a function, with the types of its arguments, \
             `type Name { new(), method(&str) }` for a type, with its constructor first, \
             or `process name` for a function that runs in a process of its own"
        ))
    };
}

/// Takes one method after the other.
#[doc(hidden)]
#[macro_export]
macro_rules! __serve_methods {
    ($methods:ident $name:ident) => {};
    ($methods:ident $name:ident , $($rest:tt)*) => {
        $crate::__serve_methods!($methods $name $($rest)*)
    };
    ($methods:ident $name:ident ; $($rest:tt)*) => {
        $crate::__serve_methods!($methods $name $($rest)*)
    };
    ($methods:ident $name:ident $method:ident ($($argument:ty),* $(,)?) $($rest:tt)*) => {
        $methods.push($crate::__private::Served {
            name: ::core::stringify!($method),
            path: ::core::concat!(::core::stringify!($name), "::", ::core::stringify!($method)),
            signature: &[$(::core::stringify!($argument)),*],
            call: |object, arguments| {
                use $crate::__private::AnswerValue as _;
                let object = $crate::__private::object::<$name>(object);
                ::core::result::Result::Ok(
                    $crate::__private::Returned(
                        object.$method($($crate::__argument!(arguments $argument)),*)
                    )
                    .answer(arguments.path),
                )
            },
        });
        $crate::__serve_methods!($methods $name $($rest)*)
    };
    ($methods:ident $name:ident $($other:tt)*) => {
        ::core::compile_error!(::core::concat!(
            "`serve!` can't read `", ::core::stringify!($($other)*), "` in `type ",
            ::core::stringify!($name),
            "`: write each method as `name(&str, u32)`, with the types of its arguments \
             after `self`"
        ))
    };
}

/// Takes one argument.
// Without `identity`, a wrong type is told in words about `?`; with it, in words
// about the function that was called.
#[doc(hidden)]
#[macro_export]
macro_rules! __argument {
    ($arguments:ident $argument:ty) => {
        ::core::convert::identity::<$argument>($arguments.next::<$argument>()?)
    };
}

/// The object behind the worker's box.
pub fn object<T: 'static>(object: &mut dyn Any) -> &mut T {
    object
        .downcast_mut()
        .expect("an object is only given to the methods of its own type")
}
