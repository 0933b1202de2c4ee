//! Interfaces of Spin's own that components import.

#![allow(missing_docs)]

wasmtime::component::bindgen!({
    inline: "
        package fermyon:spin@2.0.0;

        interface variables {
            variant error {
                invalid-name(string),
                undefined(string),
                provider(string),
                other(string),
            }
            get: func(name: string) -> result<string, error>;
        }

        world host {
            import variables;
        }
    ",
});
