// What a task may import, and nothing else. The file's name is the module's.

export declare function input_length(): i32;
export declare function read_input(offset: i32, to: usize, length: i32): i32;
export declare function write_output(from: usize, length: i32): void;
export declare function write_floats(from: usize, count: i32): void;
export declare function progress(done: f64): void;
