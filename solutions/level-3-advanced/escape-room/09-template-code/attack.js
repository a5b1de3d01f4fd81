({ title: "Hello", text: "${flag}" })
