const a = "
\"
